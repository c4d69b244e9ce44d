@export()
@description('Tags by name.')
type Tags = {
  *: string
}
