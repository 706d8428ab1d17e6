/** Tests of live messages through the public API. */
package io.github.tuyacloud.messages;
