module plugscope.test/order

go 1.19
