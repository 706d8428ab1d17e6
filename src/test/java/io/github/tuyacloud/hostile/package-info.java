/** Attacks that take long, need processes of their own or fill a heap; they run only when asked for. */
@NullMarked
package io.github.tuyacloud.hostile;

import org.jspecify.annotations.NullMarked;
