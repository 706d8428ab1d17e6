/**
 * What goes into the calls and what comes out of them: immutable values that keep everything the cloud says.
 *
 * <p>Values of data points are plain Java: {@code Boolean}, {@code Long}, {@code BigInteger} for whole numbers past a long,
 * {@code BigDecimal} for every fraction, {@code String}, {@code Map} and {@code List}. What a type does not know by name
 * stays in its {@code extra()}. No {@code toString} here shows a local key or a token.
 */
@NullMarked
package io.github.tuyacloud.model;

import org.jspecify.annotations.NullMarked;
