/** Tests of live messages against real Apache Pulsar brokers, which they start and kill; see {@code src/live/pom.xml}. */
package io.github.tuyacloud.brokers;
