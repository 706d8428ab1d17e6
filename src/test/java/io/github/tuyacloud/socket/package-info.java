/** The message socket: its ciphers and types against known answers, and all of its behaviour against the fake cloud. */
package io.github.tuyacloud.socket;
