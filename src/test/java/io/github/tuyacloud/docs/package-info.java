/** Checks README and guides: their programs run, their tables match the code, their commands the build, their links resolve. */
@NullMarked
package io.github.tuyacloud.docs;

import org.jspecify.annotations.NullMarked;
