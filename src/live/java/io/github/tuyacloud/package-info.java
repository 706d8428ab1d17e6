/** Access to package-private parts of the library for the tests against real brokers. */
package io.github.tuyacloud;
