/** Asynchronous invocations of functions: change streams, queues, buses and schedules. */
@NullMarked
package dev.storyline.local.feeds;

import org.jspecify.annotations.NullMarked;
