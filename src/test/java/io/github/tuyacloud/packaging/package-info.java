/** Tests of the packed jars, inspected and run as users get them; the build passes their paths. */
package io.github.tuyacloud.packaging;
