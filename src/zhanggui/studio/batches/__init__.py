"""Making for hundreds of products: a batch is started (`starting`), its items are handed to a queue
(`feeding`), each is carried on by some worker step by step (`carrying`) in processes beside the
server (`workshop`, `child`), and how far it has come is counted (`progress`)."""
