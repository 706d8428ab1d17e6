package io.github.tuyacloud.bench.server;

/**
 * The counts of the server since the last query.
 *
 * @param requests the number of requests
 * @param connections the number of connections opened
 */
public record Counters(long requests, long connections) {}
