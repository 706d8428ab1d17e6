/**
 * The exceptions of the library: a sealed hierarchy of unchecked exceptions. Each one reports what was tried, what the
 * cloud returned and what the user should do.
 *
 * <pre>{@code
 * try {
 *     cloud.sendCommand(id, Command.of("switch_1", true));
 * } catch (TuyaAuthException | TuyaConfigException e) { // something has to be changed
 *     System.err.println(e.getMessage());
 * } catch (TuyaException e) {
 *     System.err.println(e.getMessage() + (e.retryable() ? " It may work later." : ""));
 * }
 * }</pre>
 *
 * <p>{@link TuyaException} is the superclass and has most of the accessors. Its subclasses:
 *
 * <ul>
 *   <li>{@link TuyaApiException}: the cloud refused; {@code code()} identifies the refusal. {@link TuyaAuthException}
 *       is about credentials and permissions, {@link TuyaQuotaException} about plans and limits.
 *   <li>{@link TuyaTransportException}: there was no usable response; {@code sent()} says whether a command may have
 *       been carried out. After an interrupt, it is a {@link TuyaInterruptedException}.
 *   <li>{@link TuyaConfigException}: the configuration or a device file is missing, unreadable or invalid.
 * </ul>
 *
 * <p>The constructors are public so that tests can throw these exceptions; {@link CallFailure} has a builder for their
 * details. Invalid arguments cause an {@code IllegalArgumentException} or {@code NullPointerException}, as everywhere
 * in Java.
 */
@NullMarked
package io.github.tuyacloud.exception;

import org.jspecify.annotations.NullMarked;
