/** Live messages against a real Apache Pulsar, which the build starts and kills; compiled in the profile {@code live} only. */
package io.github.tuyacloud.live;
