/** The functions: their code, the processes that run them, and the AWS endpoints that they call. */
@NullMarked
package dev.storyline.local.lambda;

import org.jspecify.annotations.NullMarked;
