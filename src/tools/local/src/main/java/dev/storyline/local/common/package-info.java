/** What all parts of the local cloud use: its exception, its log, servers on loopback, DynamoDB's JSON. */
@NullMarked
package dev.storyline.local.common;

import org.jspecify.annotations.NullMarked;
