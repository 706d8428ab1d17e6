/** Proofs that the client is never wrong, never stuck and never leaking: faults, storms, fuzz, soak and secrets. */
@NullMarked
package io.github.tuyacloud.robustness;

import org.jspecify.annotations.NullMarked;
