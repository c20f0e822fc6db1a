/**
 * Tests as specifications: given events, when a command or an event, then events, a rejection, rows or effects. The
 * tests run the kernel's machines unchanged, without mocks.
 */
@NullMarked
package dev.storyline.testkit;

import org.jspecify.annotations.NullMarked;
