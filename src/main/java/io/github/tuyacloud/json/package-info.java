/**
 * The bottom room: JSON text to plain Java values and back, and the only user of Jackson databind.
 *
 * <p>Every other package sees JSON as {@code Boolean}, {@code Long}, {@code BigInteger} (past a long),
 * {@code BigDecimal} (every fraction), {@code String}, {@code Map} and {@code List}. {@link io.github.tuyacloud.json.LogSafe}
 * makes external texts safe for logs. Not exported.
 */
@NullMarked
package io.github.tuyacloud.json;

import org.jspecify.annotations.NullMarked;
