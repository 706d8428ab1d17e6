/** Gives the tests against real brokers access to package-private parts of the library. */
package io.github.tuyacloud;
