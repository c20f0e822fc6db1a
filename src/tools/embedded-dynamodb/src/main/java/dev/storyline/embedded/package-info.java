/** The official DynamoDB Local inside our process. */
@NullMarked
package dev.storyline.embedded;

import org.jspecify.annotations.NullMarked;
