package io.github.tuyacloud.bench.server;

/**
 * What the server saw since it was last asked.
 *
 * @param requests how many requests came
 * @param connections how many connections were opened
 */
public record Counters(long requests, long connections) {}
