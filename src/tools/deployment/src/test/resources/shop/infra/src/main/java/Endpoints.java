class Endpoints {
    @Funq("shop-distributor")
    void distributor() {}
}
