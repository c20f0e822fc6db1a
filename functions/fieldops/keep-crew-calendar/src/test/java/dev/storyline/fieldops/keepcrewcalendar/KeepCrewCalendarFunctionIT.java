package dev.storyline.fieldops.keepcrewcalendar;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class KeepCrewCalendarFunctionIT extends KeepCrewCalendarFunctionTest {}
