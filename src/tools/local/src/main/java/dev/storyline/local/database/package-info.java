/** The embedded DynamoDB: its tables and clients, and how other commands find it while a local cloud runs on it. */
@NullMarked
package dev.storyline.local.database;

import org.jspecify.annotations.NullMarked;
