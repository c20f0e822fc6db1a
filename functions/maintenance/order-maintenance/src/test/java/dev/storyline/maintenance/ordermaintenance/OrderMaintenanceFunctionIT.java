package dev.storyline.maintenance.ordermaintenance;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same tests against the native executable. */
@QuarkusIntegrationTest
class OrderMaintenanceFunctionIT extends OrderMaintenanceFunctionTest {}
