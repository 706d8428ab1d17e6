/** What users get: the packed jars, looked into and run as they are. The build hands over their places. */
package io.github.tuyacloud.packaging;
