/** Tests of the message socket: ciphers and types against known values, behavior against the fake cloud. */
package io.github.tuyacloud.socket;
