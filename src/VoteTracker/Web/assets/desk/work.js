// The engagements and tasks of a state, on its card.

export function drawWork() {}

export function reloadWork() {}
