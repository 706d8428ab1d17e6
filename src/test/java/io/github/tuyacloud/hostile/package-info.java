/** Attacks that take long, start processes or fill a heap; they run only on request. */
@NullMarked
package io.github.tuyacloud.hostile;

import org.jspecify.annotations.NullMarked;
