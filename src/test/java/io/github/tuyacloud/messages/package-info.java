/** Live messages as a program meets them. */
package io.github.tuyacloud.messages;
