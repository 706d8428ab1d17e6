/**
 * The exceptions of the library: one sealed family of unchecked exceptions, each reporting what was tried, what the
 * cloud answered and what the user should do.
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
 * <p>{@link TuyaException} is the family and has most accessors. Its kinds:
 *
 * <ul>
 *   <li>{@link TuyaApiException}: the cloud refused; {@code code()} identifies the refusal. {@link TuyaAuthException} is
 *       about credentials and permissions, {@link TuyaQuotaException} about plans and limits.
 *   <li>{@link TuyaTransportException}: no usable answer came; {@code sent()} says whether a command may have been carried
 *       out. {@link TuyaInterruptedException} is the one after an interrupt.
 *   <li>{@link TuyaConfigException}: a file is missing, unreadable or wrong.
 * </ul>
 *
 * <p>The constructors are public so that tests can throw these exceptions; {@link CallFailure} has a builder for their
 * facts. Misuse of a method is an {@code IllegalArgumentException} or {@code NullPointerException}, as everywhere in Java.
 */
@NullMarked
package io.github.tuyacloud.exception;

import org.jspecify.annotations.NullMarked;
