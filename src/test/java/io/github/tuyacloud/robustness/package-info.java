/** Robustness tests: faults, token storms, fuzzing, soak and secrets. */
@NullMarked
package io.github.tuyacloud.robustness;

import org.jspecify.annotations.NullMarked;
