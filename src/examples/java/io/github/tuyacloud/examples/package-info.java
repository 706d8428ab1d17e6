/** A program to try the library with; it is no part of the library's jar. */
@NullMarked
package io.github.tuyacloud.examples;

import org.jspecify.annotations.NullMarked;
