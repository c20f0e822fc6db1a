/**
 * The cloud on one machine: embedded DynamoDB, HTTP gateway, feed pump, and all slices in one process. It learns
 * everything from the templates that are deployed.
 */
@NullMarked
package dev.storyline.local;

import org.jspecify.annotations.NullMarked;
