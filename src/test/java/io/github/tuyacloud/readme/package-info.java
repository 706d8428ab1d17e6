/** Checks that README.md says the truth: its programs run, its tables agree with the code, its commands with the pom. */
@NullMarked
package io.github.tuyacloud.readme;

import org.jspecify.annotations.NullMarked;
