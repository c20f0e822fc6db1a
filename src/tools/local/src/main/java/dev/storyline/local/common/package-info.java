/** Shared by all parts of the local cloud: its exception, its log, HTTP on loopback, and the JSON of DynamoDB. */
@NullMarked
package dev.storyline.local.common;

import org.jspecify.annotations.NullMarked;
