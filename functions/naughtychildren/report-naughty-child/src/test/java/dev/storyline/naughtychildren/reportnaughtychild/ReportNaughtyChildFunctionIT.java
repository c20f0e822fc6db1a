package dev.storyline.naughtychildren.reportnaughtychild;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class ReportNaughtyChildFunctionIT extends ReportNaughtyChildFunctionTest {}
