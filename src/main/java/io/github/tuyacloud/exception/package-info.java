/**
 * What can go wrong: one sealed family of unchecked exceptions, each saying what was tried, what the cloud answered and
 * what a person should do now.
 *
 * <pre>{@code
 * try {
 *     cloud.sendCommand(id, Command.of("switch_1", true));
 * } catch (TuyaAuthException | TuyaConfigException e) { // somebody has to change something
 *     System.err.println(e.hint());
 * } catch (TuyaException e) {
 *     System.err.println(e.getMessage() + (e.retryable() ? " It may work later." : ""));
 * }
 * }</pre>
 *
 * <p>{@link TuyaException} is the family, and has all that there is to ask. Its kinds:
 *
 * <ul>
 *   <li>{@link TuyaApiException}: the cloud refused; {@code code()} says why. {@link TuyaAuthException} is about credentials
 *       and permissions, {@link TuyaQuotaException} about plans and limits.
 *   <li>{@link TuyaTransportException}: no usable answer came; {@code sent()} says whether a command may have been carried
 *       out.
 *   <li>{@link TuyaConfigException}: a file is missing, unreadable or wrong.
 * </ul>
 *
 * <p>The constructors are public for the sake of tests, and take a {@link CallFailure}. Misuse of a method is an
 * {@code IllegalArgumentException} or {@code NullPointerException}, as everywhere in Java.
 */
@NullMarked
package io.github.tuyacloud.exception;

import org.jspecify.annotations.NullMarked;
