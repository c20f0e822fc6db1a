/** The official DynamoDB Local in this process, isolated by its own class loader. */
@NullMarked
package dev.storyline.embedded;

import org.jspecify.annotations.NullMarked;
