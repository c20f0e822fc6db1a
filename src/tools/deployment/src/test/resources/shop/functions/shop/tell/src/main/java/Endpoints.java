class Endpoints {
    @Funq("tell-feed")
    void tell_feed() {}

    @Funq("tell-upkeep")
    void tell_upkeep() {}
}
