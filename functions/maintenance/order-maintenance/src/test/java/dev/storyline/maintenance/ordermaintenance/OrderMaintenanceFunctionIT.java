package dev.storyline.maintenance.ordermaintenance;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against what is deployed: the zip's jar, or the native executable. */
@QuarkusIntegrationTest
class OrderMaintenanceFunctionIT extends OrderMaintenanceFunctionTest {}
