class Endpoints {
    @Funq("stock")
    void stock() {}

    @Funq("stock-feed")
    void stock_feed() {}

    @Funq("stock-upkeep")
    void stock_upkeep() {}
}
