/** Style sheets are imported for their effect by the component they belong to; they export nothing. */
declare module '*.css'
