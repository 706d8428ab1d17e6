/**
 * Converts JSON text to plain Java values and back. The lowest layer, and the only user of Jackson databind. Not
 * exported.
 *
 * <p>Every other package sees JSON as {@code Boolean}, {@code Long}, {@code BigInteger} (if it does not fit a long),
 * {@code BigDecimal} (for every fraction), {@code String}, {@code Map} and {@code List}.
 * {@link io.github.tuyacloud.json.LogSafe} makes untrusted text safe for logs.
 */
@NullMarked
package io.github.tuyacloud.json;

import org.jspecify.annotations.NullMarked;
