/** Everything that invokes functions without a request: change streams, queues, buses and schedules. */
@NullMarked
package dev.storyline.local.feeds;

import org.jspecify.annotations.NullMarked;
