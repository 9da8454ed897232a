/** The two words of the desktop's ipc: the preload asks for a port, the main process sends one. All else goes over the port. */
export const connectChannel = 'kinora:connect'
export const portChannel = 'kinora:port'
