/**
 * What can go wrong: one sealed family of unchecked exceptions, each saying what was tried, what the cloud answered and
 * what a person should do now.
 *
 * <p>{@link io.github.tuyacloud.exception.TuyaApiException} is a refusal by the cloud, with
 * {@link io.github.tuyacloud.exception.TuyaAuthException} for credentials and permissions and
 * {@link io.github.tuyacloud.exception.TuyaQuotaException} for plans and limits;
 * {@link io.github.tuyacloud.exception.TuyaTransportException} means that no usable answer came;
 * {@link io.github.tuyacloud.exception.TuyaConfigException} that the configuration file is no good. Misuse of a method is
 * an {@code IllegalArgumentException} or {@code NullPointerException}, as everywhere in Java.
 */
@NullMarked
package io.github.tuyacloud.exception;

import org.jspecify.annotations.NullMarked;
