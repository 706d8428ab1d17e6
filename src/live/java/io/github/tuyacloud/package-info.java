/** What the tests against real brokers reach into the library for. */
package io.github.tuyacloud;
