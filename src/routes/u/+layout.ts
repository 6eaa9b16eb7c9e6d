// Complete without script: no client code is sent to a customer.
export const csr = false;
