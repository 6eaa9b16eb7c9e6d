// The customer's page as it is: complete without script.
export const csr = false;
