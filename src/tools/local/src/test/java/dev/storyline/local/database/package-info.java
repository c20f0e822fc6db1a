/** The embedded DynamoDB and its clients. */
@NullMarked
package dev.storyline.local.database;

import org.jspecify.annotations.NullMarked;
