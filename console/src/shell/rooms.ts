import type { Group, Place, Room, Setting, Step } from "./room";

/** Every room says in a file of its own what it brings; a folder is all that a new one takes. */
const rooms = Object.values(
  import.meta.glob<Room>("../rooms/*/room.tsx", { eager: true, import: "room" }),
);

function brought<What extends { order: number }>(what: (room: Room) => What[] | undefined): What[] {
  return rooms.flatMap((room) => what(room) ?? []).sort((one, other) => one.order - other.order);
}

export const GROUPS: Group[] = brought((room) => room.groups);
export const TABS: Group[] = brought((room) => room.tabs);
export const SETTINGS: Setting[] = brought((room) => room.settings);

export const STEPS: Step[] = brought((room) => room.guide);

/** In the order of the navigation. */
export const PLACES: Place[] = GROUPS.flatMap(({ name }) =>
  brought((room) => room.places?.filter(({ group }) => group === name)),
);
