/** Tests of what users get: the packed jars, inspected and run as they are; the build passes their paths. */
package io.github.tuyacloud.packaging;
