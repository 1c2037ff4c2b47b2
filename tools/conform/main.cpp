// The Node program build/wasm/bin/pipa-conform.mjs: the driver without the ops that need pictures.
#include <iostream>

#include "conform/driver.hpp"

int main() {
    pipa::conform::run(std::cin, std::cout, pipa::conform::core_ops());
    return 0;
}
