package dev.storyline.fieldops.keepcrewcalendar;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class KeepCrewCalendarFunctionIT extends KeepCrewCalendarFunctionTest {}
