// Who the app is: every service that it uses knows it by this identity, and no key exists.
import { Tags } from 'types.bicep'

@description('The identity\'s name.')
param name string

@description('The region.')
param location string

@description('The tags.')
param tags Tags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The identity\'s resource id.')
output id string = identity.id

@description('The identity as Entra ID\'s applications know it.')
output clientId string = identity.properties.clientId

@description('The identity as role assignments know it.')
output principalId string = identity.properties.principalId
